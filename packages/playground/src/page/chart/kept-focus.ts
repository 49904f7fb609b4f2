import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Keeps the keyboard's place where cards change their order or go: an element that is moved in the document loses the
 * focus, and one that is gone leaves it to its column's heading.
 */
export function useKeptFocus(within: RefObject<HTMLElement | null>): void {
  const { activeElement } = document;
  const focused =
    activeElement instanceof HTMLElement && within.current?.contains(activeElement) === true
      ? activeElement
      : undefined;
  const column = focused?.closest('.pc-column');
  useLayoutEffect(() => {
    if (focused === undefined || document.activeElement === focused) return;
    // Somebody else took it on purpose.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const place = focused.isConnected ? focused : column?.querySelector('h3');
    if (place instanceof HTMLElement) place.focus({ preventScroll: true });
  });
}
