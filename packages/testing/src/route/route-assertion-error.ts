/** A request does not go where it is expected to. Test runners know it by its name and code, which are node:assert's. */
export class RouteAssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
  readonly actual: unknown;
  readonly expected: unknown;

  constructor(
    message: string,
    { actual, expected }: { readonly actual?: unknown; readonly expected?: unknown } = {},
  ) {
    super(message);
    this.actual = actual;
    this.expected = expected;
  }
}

/** Has the error's stack begin with who called `method`: the line of the test. */
export function blameCaller(error: Error, method: unknown): void {
  // Engines other than V8 have it, too, but no standard does.
  const capture: unknown = Reflect.get(Error, 'captureStackTrace');
  if (typeof capture === 'function') Reflect.apply(capture, Error, [error, method]);
}
