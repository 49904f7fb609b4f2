/** Methods that a request may be sent again with, though it may have arrived: RFC 9110 section 9.2.2. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PUT',
  'TRACE',
]);

/** Whether the method is idempotent. Methods are told apart by case: RFC 9110 section 9.1. */
export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}
