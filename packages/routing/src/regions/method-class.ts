import type { ValueClasses, ValueMatcher } from './value-class.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Each method that is asked for, and one that isn't. `GET` comes first. */
export function methodClasses(matchers: readonly ValueMatcher[]): ValueClasses {
  const asked = new Map(matchers.map(({ value }, index) => [value, index]));
  let another = METHODS.find((method) => !asked.has(method));
  for (let number = 1; another === undefined; number++) {
    if (!asked.has(`OTHER${number}`)) another = `OTHER${number}`;
  }
  const classes = [...asked].map(([value, index]) => ({ value, fits: [index] }));
  return {
    classes: [...classes, { value: another, fits: [] }].toSorted(
      (a, b) => Number(b.value === 'GET') - Number(a.value === 'GET'),
    ),
    complete: true,
  };
}
