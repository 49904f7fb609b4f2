/** Makes tables and drawings that are wider than the page reachable by keyboard, so that they can be scrolled: WCAG 2.1.1. */
export function reachable(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) {
        target.setAttribute('tabindex', '0');
      } else {
        target.removeAttribute('tabindex');
      }
    }
  });
  const wide = '.sl-markdown-content :is(table, p:has(> img))';
  for (const element of document.querySelectorAll(wide)) observer.observe(element);
}
