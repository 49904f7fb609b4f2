/** Watches whether anything happens. */
export interface IdleTimer {
  readonly touch: () => void;
  readonly stop: () => void;
}

/** Calls back once, when nothing was touched for so many milliseconds. A touch costs no timer. */
export function startIdleTimer(limit: number, onStill: () => void): IdleTimer {
  let touched = performance.now();
  let timer = setTimeout(look, limit);
  function look(): void {
    const left = touched + limit - performance.now();
    if (left > 0) timer = setTimeout(look, Math.ceil(left));
    else onStill();
  }
  return {
    touch: () => {
      touched = performance.now();
    },
    stop: () => clearTimeout(timer),
  };
}
