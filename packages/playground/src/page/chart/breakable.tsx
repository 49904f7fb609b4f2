import { Fragment, type JSX } from 'preact';

/** Where the names of hosts, paths and objects may be broken: after these. */
const JOINT = /(?<=[-./:])(?=[^-./:])/u;

/** A name that may be broken into lines at its joints, and nowhere else while there is room. */
export function Breakable({ name }: { readonly name: string }): JSX.Element {
  const [first = '', ...rest] = name.split(JOINT);
  return (
    <>
      {first}
      {rest.map((part, index) => (
        // The parts have no other identity than their place.
        <Fragment key={index}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}
