import type { ExplainedSetting } from '@portolan/explain';

/** `portolan.dev/first-byte-timeout` for `firstByteTimeout`. */
export function annotationOf({ name }: ExplainedSetting): string {
  return `portolan.dev/${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A setting's value for people, with its unit: `10 s`, `64 KiB`, `502, 503`. */
export function valueOf({ name, value }: ExplainedSetting): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return amount(name, value);
  if ('type' in value) {
    const { type, ...named } = value;
    return [type, ...Object.values(named)].join(' ');
  }
  return value.length === 0 ? 'none' : value.join(', ');
}

const SIZE = /Limit$/u;
const TIME = /(?:Timeout|Interval|Time|MaxAge)$/u;

function amount(name: string, value: number): string {
  if (SIZE.test(name)) return scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB']);
  if (TIME.test(name)) return scaled(value, 1000, ['ms', 's']);
  return name.endsWith('Percent') ? `${value} %` : `${value}`;
}

/** In the largest unit in which it is a whole number. */
function scaled(value: number, step: number, units: readonly string[]): string {
  let [left, unit] = [value, 0];
  while (left !== 0 && left % step === 0 && unit < units.length - 1) {
    left /= step;
    unit += 1;
  }
  return `${left} ${units[unit]}`;
}
