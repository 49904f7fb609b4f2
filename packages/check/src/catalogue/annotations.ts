import type { CatalogueEntry } from './entry.ts';

export const ANNOTATIONS: Readonly<Record<string, CatalogueEntry>> = {
  InvalidAnnotation: {
    severity: 'warning',
    title: 'The value of an annotation can not be read',
    explanation:
      'The message says how a value is written, with an example. The annotation is left out, and what holds without it holds: the default, or what the options say. The others of the object count. docs/reference/annotations.md has all of them.',
  },
  UnknownAnnotation: {
    severity: 'warning',
    title: 'There is no such annotation of Portolan',
    explanation:
      'The name begins with portolan.dev/, and nobody reads it. Most likely it is misspelt: the nearest name is given where there is one. docs/reference/annotations.md has all of them.',
  },
  MisplacedAnnotation: {
    severity: 'warning',
    title: 'An annotation stands on the wrong kind of object',
    explanation:
      'What is about a Service and its endpoints stands on the Service, what may differ from request to request on an Ingress too, and the weight on a Pod. Here it has no effect. The message says where it belongs; for the Pods of a workload that is spec.template.metadata.annotations.',
  },
  IneffectiveAnnotation: {
    severity: 'warning',
    title: 'An annotation changes nothing beside the others',
    explanation:
      'It is about something that the object itself does not switch on, or switches off: a hash key without a policy that hashes, an interval of checks without a path for them. The message names the other annotation or field. It is still read, since an option may switch on what it is about: then silence it.',
  },
  AffinityCookieShared: {
    severity: 'warning',
    title: 'Two Services of one host have affinity cookies of the same name',
    explanation:
      "An affinity cookie is good for all paths of a host, and each Service seals its own endpoint into it. A client that calls both Services gets a new cookie with each change from one to the other, and so is bound to neither. Give each Service's cookie a name of its own.",
  },
};
