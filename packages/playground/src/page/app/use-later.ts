import { useEffect, useRef } from 'preact/hooks';

/**
 * Does something once `value` has not changed for some time; the first time at once.
 *
 * @param pause In milliseconds.
 */
export function useLater<Value>(value: Value, pause: number, then: (value: Value) => void): void {
  const act = useRef(then);
  act.current = then;
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      act.current(value);
      return;
    }
    const timer = setTimeout(() => act.current(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
}
