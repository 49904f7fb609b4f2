/** A media type without its parameters, and these: RFC 9110 section 8.3.1. */
export interface MediaType {
  /** In lower case: `application/json`. */
  readonly name: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The media types of a Content-Type or Accept field, in the order given. */
export function parseMediaTypes(field: string): readonly MediaType[] {
  return field
    .split(',')
    .map((each) => each.split(';').map((part) => part.trim()))
    .flatMap(([name = '', ...parameters]) =>
      name === ''
        ? []
        : [{ name: name.toLowerCase(), parameters: new Map(parameters.map(parseParameter)) }],
    );
}

function parseParameter(text: string): [string, string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim().toLowerCase(), value.join('=').trim().replaceAll('"', '')];
}
