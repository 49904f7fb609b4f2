const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A unit, up to how many seconds it is used, and the one below it that is told too up to some seconds. */
const UNITS: readonly (readonly [
  letter: string,
  size: number,
  end: number,
  below: string,
  part: number,
  partEnd: number,
])[] = [
  ['s', 1, 2 * MINUTE, '', 1, 0],
  ['m', MINUTE, 3 * HOUR, 's', 1, 10 * MINUTE],
  ['h', HOUR, 2 * DAY, 'm', MINUTE, 8 * HOUR],
  ['d', DAY, 2 * YEAR, 'h', HOUR, 8 * DAY],
  ['y', YEAR, Number.POSITIVE_INFINITY, 'd', DAY, 8 * YEAR],
];

/**
 * A duration as `kubectl get` shows ages: `5s`, `2m5s`, `3h`, `2y40d`. Of less than nothing: `<invalid>`, but for a second of
 * clocks that differ.
 *
 * Source: k8s.io/apimachinery, `duration.HumanDuration`.
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (Number.isNaN(seconds) || seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  const [letter = '', size = 1, , below = '', part = 1, partEnd = 0] =
    UNITS.find(([, , end]) => seconds < end) ?? [];
  const rest = Math.floor((seconds % size) / part);
  const whole = `${Math.floor(seconds / size)}${letter}`;
  return seconds < partEnd && rest > 0 ? `${whole}${rest}${below}` : whole;
}
