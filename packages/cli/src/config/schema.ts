import type { Finding, SilenceRule } from '@portolan/check';
import type { PluginOptions } from '@portolan/compile';
import type { EngineOptions } from '@portolan/engine';
import type { Target } from '@portolan/proxy';
import * as v from 'valibot';

/** What `portolan.yaml` may say. */
export interface Configuration
  extends PluginOptions, Pick<EngineOptions, 'clusterDomain' | 'defaultBackend'> {
  readonly manifests?: readonly string[];
  readonly namespace?: string;
  readonly target?: Target;
  readonly dialers?: readonly ConfiguredDialer[];
  readonly check?: {
    readonly silence?: readonly SilenceRule[];
    readonly failOn?: Finding['severity'];
  };
}

type ConfiguredDialer =
  | { readonly dialer: 'url'; readonly ipLiterals?: boolean }
  | { readonly dialer: 'service'; readonly services: readonly string[] }
  | { readonly dialer: 'vpcNetwork'; readonly cidrs?: readonly string[] };

export const TARGET_NAMES: readonly Target[] = ['workers', 'deno', 'bun', 'node'];
/** The worst first. */
export const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'notice'];

const texts = v.array(v.string());
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));

function optional<Schema extends v.GenericSchema>(
  description: string,
  schema: Schema,
): v.OptionalSchema<
  v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]>,
  undefined
> {
  return v.optional(v.pipe(schema, v.description(description)));
}

const DialerSchema = v.variant('dialer', [
  v.strictObject({
    dialer: v.literal('url'),
    ipLiterals: optional(
      'Whether fetch may be given an IP address; by default what the target can.',
      v.boolean(),
    ),
  }),
  v.strictObject({
    dialer: v.literal('service'),
    services: v.pipe(texts, v.description('Services, as namespace/name, that are Workers.')),
  }),
  v.strictObject({
    dialer: v.literal('vpcNetwork'),
    cidrs: optional('Address blocks that may be dialled; every address without them.', texts),
  }),
]);

const SilenceSchema = v.union([
  v.pipe(
    v.string(),
    v.transform((code) => ({ code })),
  ),
  v.strictObject({
    code: v.pipe(v.string(), v.description('Such as HostWithoutTLS.')),
    object: optional('Such as Ingress shop/web; * stands for any text.', v.string()),
    field: optional('Such as spec.tls; * stands for any text.', v.string()),
    file: optional('As it is printed; * stands for any text.', v.string()),
  }),
]);

/** Paths are as written: relative to the file. */
export const ConfigurationSchema: v.GenericSchema<unknown, Configuration> = v.strictObject({
  manifests: optional('Files, folders and URLs that commands work on without -f.', texts),
  namespace: optional('The namespace of objects that name none.', v.string()),
  target: optional('The runtime that it is to run on.', v.picklist(TARGET_NAMES)),
  dialers: optional(
    'How endpoints are reached there: what DIALERS is to the edge worker.',
    v.array(DialerSchema),
  ),
  clusterDomain: optional('cluster.local by default.', v.string()),
  clusterIPRanges: optional('CIDRs for cluster IPs, the primary family first.', texts),
  nodePortRange: optional('First and last; 30000 and 32767 by default.', v.tuple([port, port])),
  externalNames: optional('ExternalName targets that HTTP may be routed to.', texts),
  ingress: optional(
    'Which Ingresses are served: all by default.',
    v.strictObject({
      controllers: optional('Controllers whose classes are ours.', texts),
      legacyClasses: optional(
        'Values of the annotation kubernetes.io/ingress.class that are ours.',
        texts,
      ),
    }),
  ),
  defaultBackend: optional(
    "The Service that answers what no rule and no object's own default backend does.",
    v.strictObject({ namespace: v.string(), name: v.string(), port: v.union([port, v.string()]) }),
  ),
  check: optional(
    'Of portolan check.',
    v.strictObject({
      silence: optional('Findings that are known and wanted.', v.array(SilenceSchema)),
      failOn: optional(
        'The least severity that makes the command fail; warning by default.',
        v.picklist(SEVERITIES),
      ),
    }),
  ),
});
