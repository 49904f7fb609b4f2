/** Makes tables and code that are wider than the page reachable by keyboard, so that they can be scrolled: WCAG 2.1.1. */
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
  for (const table of document.querySelectorAll('.sl-markdown-content table'))
    observer.observe(table);
}
