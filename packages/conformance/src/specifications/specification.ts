/** A document that says how Services and Ingresses behave, and what of it is tested. */
export interface Specification {
  /** What the titles of tests begin with. */
  readonly name: string;
  /** What the document is. */
  readonly document: string;
  readonly url: string;
  /** In the document's order. */
  readonly sections: readonly Section[];
}

/** A part of the document. Its tests are in the files whose `describe` is titled with specification and section. */
export interface Section {
  readonly title: string;
  readonly gaps?: readonly Gap[];
}

/** What the document demands, and Portolan does otherwise or not at all. */
export interface Gap {
  readonly result: 'deviates' | 'not provided';
  readonly demand: string;
  /** What Portolan does instead, or why it doesn't. */
  readonly instead: string;
  /** Where that is decided: a file, from the root of the workspace, and a heading in it. */
  readonly see: string;
}

/** The title that tests of a section go by. */
export function clause({ name }: Specification, { title }: Section): string {
  return `${name}: ${title}`;
}
