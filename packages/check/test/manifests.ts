import { compileWithStandIns, type CompileOptions } from '@portolan/compile';

import { check, type CheckOptions, type Finding } from '../src/index.ts';

/** A finding as tests look at it. */
export interface Told {
  /** What stands at its place, up to the end of the line: so line and column are right. */
  readonly at: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly field?: string;
  readonly remedy?: string;
  /** What stands at each other place. */
  readonly related?: readonly string[];
}

/** Everything found in one text, with the code before each. */
export function findingsOf(
  text: string,
  options: CheckOptions = {},
  compileOptions: Omit<CompileOptions, 'resources'> = {},
): readonly Finding[] {
  return check(compileWithStandIns([{ name: 'shop.yaml', text }], compileOptions), options);
}

/** The findings of one code. */
export function told(
  code: string,
  text: string,
  options: CheckOptions = {},
  compileOptions: Omit<CompileOptions, 'resources'> = {},
): readonly Told[] {
  const lines = text.split('\n');
  const textAt = ({ line, column }: { readonly line: number; readonly column: number }): string =>
    lines[line - 1]?.slice(column - 1) ?? '';
  return findingsOf(text, options, compileOptions)
    .filter((finding) => finding.code === code)
    .map(({ severity, message, field, remedy, related, ...place }) => ({
      at: textAt(place),
      severity,
      message,
      ...(field !== undefined && { field }),
      ...(remedy !== undefined && { remedy }),
      ...(related && { related: related.map(textAt) }),
    }));
}

/** The codes of everything found, each once, sorted. */
export function codesOf(text: string, options: CheckOptions = {}): readonly string[] {
  return [...new Set(findingsOf(text, options).map(({ code }) => code))].toSorted();
}

/** Documents of one text. Objects are written on a line of their own. */
export function documents(...parts: readonly (object | string)[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? part.trim() : JSON.stringify(part)))
    .join('\n---\n');
}

export function service(name: string, spec: object = {}, more: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    ...more,
    metadata: { name, namespace: 'shop', ...('metadata' in more ? (more.metadata ?? {}) : {}) },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  };
}

export function deployment(
  name: string,
  labels: Readonly<Record<string, string>> = { app: name },
  ports: readonly object[] = [{ name: 'http', containerPort: 8080 }],
  spec: object = {},
): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'server', image: 'server', ports }] },
      },
      ...spec,
    },
  };
}

export function pod(name: string, status: object, more: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app: 'web' }, ...more },
    spec: {
      containers: [{ name: 'server', image: 'server', ports: [{ containerPort: 8080 }] }],
    },
    status,
  };
}

/** An Ingress with a rule for each path of one host, all to Service `web`. */
export function ingress(name: string, spec: object = {}, annotations: object = {}): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', annotations },
    spec: {
      tls: [{ hosts: ['shop.example'] }],
      rules: [rule('shop.example', path('/'))],
      ...spec,
    },
  };
}

export function rule(host: string | undefined, ...paths: readonly object[]): object {
  return { ...(host !== undefined && { host }), http: { paths } };
}

export function path(
  value: string,
  to: { readonly name?: string; readonly port?: object } = {},
  pathType = 'Prefix',
): object {
  const { name = 'web', port = { number: 80 } } = to;
  return { path: value, pathType, backend: { service: { name, port } } };
}

/** A Service and its Pods that nothing is wrong with. */
export const WEB: string = documents(service('web'), deployment('web'));
