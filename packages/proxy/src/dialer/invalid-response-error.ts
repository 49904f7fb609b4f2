/** The endpoint answered, and what it said is no response that can be passed on: RFC 9110 section 15. */
export class InvalidResponseError extends Error {
  override readonly name = 'InvalidResponseError';
}
