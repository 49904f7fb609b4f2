let regions = 0;

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
  // Blocks of code become regions, by their own script, once they are wider: each by a name of its own.
  const named = new MutationObserver((changes) => {
    for (const { target } of changes) name(target);
  });
  for (const block of document.querySelectorAll('pre')) {
    name(block);
    named.observe(block, { attributeFilter: ['role'] });
  }
}

function name(block: Node): void {
  if (!(block instanceof Element) || block.hasAttribute('aria-label')) return;
  if (block.getAttribute('role') !== 'region') return;
  regions += 1;
  block.setAttribute('aria-label', `Code ${regions}`);
}
