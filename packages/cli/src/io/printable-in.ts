import { printable } from '@portolan/check';

/** Plain data with every text in it as a terminal may show it: what manifests and requests hold is not for it to carry out. */
export function printableIn<Data>(data: Data): Data {
  return JSON.parse(JSON.stringify(data), (_, value: unknown) =>
    typeof value === 'string' ? printable(value) : value,
  );
}
