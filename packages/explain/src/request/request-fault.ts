/** A request that can't be explained because it can't be sent: it is described wrongly. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault';
  /** The field at fault: `url`, `headers.X-Version`; empty where the whole is. */
  readonly field: string;

  /** @param message What was expected, and what was found. It names the field. */
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
