/** Writes a text where it is another: nothing that watches the page hears of the same one. */
export function setText(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
