import type { Page } from 'playwright-core';

/**
 * What is wrong with the boxes of a page as it is laid out: it scrolls sideways, text is cut off or sticks
 * out of its cell, paragraph or button, is squeezed into a few letters a line, or two texts are printed one
 * over the other. What is clamped to a number of lines, scrolls by itself, or is only read aloud is meant
 * to be so.
 */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const holders = 'td, th, li, p, h1, h2, h3, dt, dd, button, label, figure';
    const faults: string[] = [];
    // Where nothing sticks over anything.
    scrollTo(0, 0);
    const { scrollWidth } = document.scrollingElement!;
    if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth} of ${innerWidth}`);

    type Look = Pick<
      CSSStyleDeclaration,
      'display' | 'clipPath' | 'position' | 'webkitLineClamp' | 'textOverflow' | 'overflowX'
    >;
    // Asked once of each element: there are many texts in it.
    const asked = new Map<Element, { style: Look; around: DOMRect }>();
    const look = (one: Element) => {
      const known = asked.get(one);
      if (known) return known;
      const { display, clipPath, position, webkitLineClamp, textOverflow, overflowX } =
        getComputedStyle(one);
      const style = { display, clipPath, position, webkitLineClamp, textOverflow, overflowX };
      const seen = { style, around: one.getBoundingClientRect() };
      asked.set(one, seen);
      return seen;
    };

    type Box = { left: number; right: number; top: number; bottom: number };
    type Text = Box & { text: string; of: Element; isFixed: boolean };
    const texts: Text[] = [];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const of = node.parentElement!;
      const text = node.nodeValue!.trim();
      const isSeen = of.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (text === '' || !isSeen) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].flatMap(({ left, right, top, bottom }) => {
        const box = { left, right, top, bottom, text, of, isFixed: false };
        return right - left >= 1 && isLeft(box) ? [box] : [];
      });
      texts.push(...lines);
      const { width } = range.getBoundingClientRect();
      if (lines.length > 3 && width < 5 * parseFloat(getComputedStyle(of).fontSize))
        faults.push(`squeezed: ${nameOf(of)} ${text}`);
    }
    /** Narrows a box to what is seen of it; says whether that is anything, and notes what is cut. */
    function isLeft(box: Text): boolean {
      const holder = box.of.closest(holders);
      const height = box.bottom - box.top;
      for (let one: Element | null = box.of; one && one !== document.body;) {
        const { style, around } = look(one);
        if (style.clipPath !== 'none') return false;
        if (style.position === 'fixed') box.isFixed = true;
        const isClamped = style.webkitLineClamp !== 'none' || style.textOverflow === 'ellipsis';
        const clips = style.overflowX !== 'visible' && style.display !== 'inline';
        const sticksOut = box.right > around.right + 1 || box.left < around.left - 1;
        const isScroller = /auto|scroll/.test(style.overflowX);
        if ((one === holder || (clips && !isScroller)) && !isClamped && sticksOut)
          faults.push(`cut off: ${nameOf(one)} ${box.text}`);
        if (clips) {
          box.left = Math.max(box.left, around.left);
          box.right = Math.min(box.right, around.right);
          box.top = Math.max(box.top, around.top);
          box.bottom = Math.min(box.bottom, around.bottom);
          // Of the lines that a clamp leaves out, accents may be within it.
          const isSliver = box.bottom - box.top < height / 2;
          if (box.right - box.left < 1 || isSliver) return false;
        }
        one = one.parentElement;
      }
      if (box.right > innerWidth + 1 || box.left < -1)
        faults.push(`outside the window: ${nameOf(box.of)} ${box.text}`);
      return true;
    }
    function nameOf({ tagName, className }: Element): string {
      return [tagName.toLowerCase(), ...String(className).split(' ').filter(Boolean)].join('.');
    }

    texts.sort((a, b) => a.top - b.top);
    for (const [index, one] of texts.entries())
      for (let next = index + 1; (texts[next]?.top ?? Infinity) < one.bottom; next += 1) {
        const other = texts[next]!;
        if (other.of === one.of || one.isFixed || other.isFixed) continue;
        const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const height = Math.min(one.bottom, other.bottom) - other.top;
        const least = Math.min(one.bottom - one.top, other.bottom - other.top);
        // Lines that stand close share the space for accents.
        if (width > 2 && height > least / 4)
          faults.push(`printed over each other: ${one.text} and ${other.text}`);
      }
    return [...new Set(faults)];
  });
}
