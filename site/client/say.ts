/** Tells screen readers something without interrupting them. */
export function tell(text: string): void {
  const element = document.getElementById('news');
  if (element) element.textContent = text;
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a short message for a moment, and tells it. */
export function show(text: string): void {
  const element = document.getElementById('message');
  if (!element) return;
  element.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (element.textContent = ''), 4000);
}

/** What is new among the topics, as one would read it out. */
export function news(changed: Iterable<Element>): string {
  const topics = [...changed].filter(
    (element) =>
      element.matches('.now .entry') && element.isConnected && !(element as HTMLElement).hidden,
  );
  const sentences = topics.slice(0, 3).map((entry) => {
    const part = (name: string) => entry.querySelector(name)?.textContent.trim();
    const place = part('.place');
    return `${part('.badge')} now: ${part('.topic')}${place ? `, ${place}` : ''}.`;
  });
  if (topics.length > 3) sentences.push(`And ${topics.length - 3} more.`);
  return sentences.join(' ');
}
