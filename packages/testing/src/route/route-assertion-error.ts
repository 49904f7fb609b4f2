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

/**
 * Has the error's stack begin with who called `method`: the line of the test.
 *
 * @param inner What `method` called last: JavaScriptCore keeps no frame of a function that ends in a call.
 */
export function blameCaller(error: Error, method: unknown, inner?: unknown): void {
  // Engines other than V8 have it, too, but no standard does.
  const capture: unknown = Reflect.get(Error, 'captureStackTrace');
  if (typeof capture !== 'function') return;
  Reflect.apply(capture, Error, [error, method]);
  const isEmpty = error.stack?.endsWith(error.message);
  if (isEmpty && inner !== undefined) Reflect.apply(capture, Error, [error, inner]);
}
