import type { CatalogueEntry } from './entry.ts';

export const ROUTES: Readonly<Record<string, CatalogueEntry>> = {
  BackendNotFound: {
    severity: 'error',
    title: 'A rule leads to a Service or port that is not there',
    explanation:
      "The Service is not among these manifests, was left out for an error, or has no port of this number or name. The rule stays in force, so that nobody else gets its requests: they get a 503. The port is the Service's own, not the container's. An Ingress can only name Services of its own namespace.",
  },
  InvalidKind: {
    severity: 'error',
    title: 'A rule leads to something that is no Service',
    explanation:
      'A backend may be any kind of object, and nothing here serves this one. Requests get a 503. Lead the rule to a Service.',
  },
  UnsupportedProtocol: {
    severity: 'error',
    title: 'A rule leads to a port that does not carry TCP',
    explanation:
      'HTTP needs TCP, and this port of the Service is for UDP or SCTP. Requests get a 503. Name another port of the Service.',
  },
  ExternalNameNotAllowed: {
    severity: 'error',
    title: 'A rule leads to a name outside that nobody has allowed',
    explanation:
      'An ExternalName Service is an alias in DNS. Requests are sent to one only where the operator lists the name (the option externalNames), since whoever may write a Service could otherwise have us call anything. Until then they get a 503.',
  },
  Conflicted: {
    severity: 'warning',
    title: 'Two rules are for the same requests',
    explanation:
      'They have the same host, type of path and path. The rule of the older object has the requests, then the first by namespace and name, then the first in the object, and this one gets none. It is a notice where both lead to the same backend, so that one of them is merely too many.',
  },
  UnreachableRule: {
    severity: 'warning',
    title: 'A rule can never win',
    explanation:
      'Every request that it is for goes to other rules, which stand before it in the order of precedence: exact paths first, then the longer path. That is proved, not guessed. Remove the rule, or change what takes its requests. It is a notice where those lead to the same backend.',
  },
  PossiblyUnreachableRule: {
    severity: 'notice',
    title: 'A rule can probably never win',
    explanation:
      'No request was found that it would take, but with regular expressions that could not be proved. Look at the rules that take its requests, and ask `portolan explain` about a URL that it is meant for.',
  },
  UnsupportedValue: {
    severity: 'error',
    title: 'A rule can not be carried out',
    explanation:
      'Its path can not be normalised, or its regular expression has something that can not be matched in linear time, such as a back reference. The rule is left out and the others of the object serve. As a warning: an annotation of ours has a value that it does not take, and the default is used.',
  },
  LiteralAsterisk: {
    severity: 'warning',
    title: 'An asterisk in a path is an asterisk',
    explanation:
      'Some controllers take * in a path for a wildcard. By the Ingress API it is a character like any other, so this prefix fits only paths that have it. A prefix needs no wildcard: /shop takes /shop and all below it. For a regular expression see LiteralRegularExpression.',
  },
  LiteralRegularExpression: {
    severity: 'warning',
    title: 'A path that looks like a regular expression is taken literally',
    explanation:
      'ImplementationSpecific is a prefix here, so this path fits only requests that have its brackets and bars in them. ingress-nginx reads such paths as regular expressions. Set the annotation portolan.dev/implementation-specific: RegularExpression on the Ingress, which then has to fit the whole path, or write a plain prefix.',
  },
  IngressClassNotFound: {
    severity: 'notice',
    title: 'The class of an Ingress is not among the manifests',
    explanation:
      'spec.ingressClassName names an IngressClass that is not there. The Ingress is served all the same. On a cluster the class usually comes with its controller, and without it no controller serves the Ingress.',
  },
  NoMatchingParent: {
    severity: 'notice',
    title: 'An Ingress is left to another controller',
    explanation:
      'Only Ingresses of certain classes were to be served, and this one is of another class or of none. None of its rules is in force here.',
  },
};
