import { defaultServiceTypes, type PluginOptions } from '@portolan/compile';
import { described, mapping, optional, text } from '@portolan/document';
import type { EngineOptions } from '@portolan/engine';
import { vpcNetwork, type Target } from '@portolan/proxy';
import * as v from 'valibot';

import { CheckSchema, type CheckConfiguration } from './check-schema.ts';
import { ServeSchema, type ServeConfiguration } from './serve-schema.ts';
import { unused } from './unused-binding.ts';
import { usable } from './usable.ts';

/** What `portolan.yaml` may say. */
export interface Configuration
  extends PluginOptions, Pick<EngineOptions, 'clusterDomain' | 'defaultBackend'> {
  readonly manifests?: readonly string[];
  readonly namespace?: string;
  readonly target?: Target;
  readonly dialers?: readonly ConfiguredDialer[];
  readonly check?: CheckConfiguration;
  readonly serve?: ServeConfiguration;
}

type ConfiguredDialer =
  | {
      readonly dialer: 'url';
      readonly ipLiterals?: boolean;
      readonly allowPrivate?: readonly string[];
    }
  | { readonly dialer: 'socket'; readonly allowPrivate?: readonly string[] }
  | { readonly dialer: 'service'; readonly services: readonly string[] }
  | {
      readonly dialer: 'vpcNetwork';
      readonly cidrs?: readonly string[];
      readonly allowPrivate?: readonly string[];
    };

export const TARGET_NAMES: readonly Target[] = ['workers', 'deno', 'bun', 'node'];

const LIST = 'must be a list of texts';
const texts = v.array(text('must be a text'), LIST);
const PORT = 'must be a port, 1 to 65535';
const port = v.pipe(v.number(PORT), v.integer(PORT), v.minValue(1, PORT), v.maxValue(65_535, PORT));

const allowPrivate = optional(
  texts,
  'Domain names of endpoints that may lead to private addresses.',
);

const DialerSchema = v.variant(
  'dialer',
  [
    v.strictObject({
      dialer: v.literal('url'),
      ipLiterals: optional(
        v.boolean('must be true or false'),
        'Whether fetch may be given an IP address; by default what the target can.',
      ),
      allowPrivate,
    }),
    v.strictObject({ dialer: v.literal('socket'), allowPrivate }),
    v.strictObject({
      dialer: v.literal('service'),
      services: described(texts, 'Services, as namespace/name, that are Workers.'),
    }),
    v.strictObject({
      dialer: v.literal('vpcNetwork'),
      cidrs: optional(
        v.pipe(
          texts,
          usable((cidrs) => vpcNetwork(unused, { cidrs })),
        ),
        'Address blocks that may be dialled; every address without them.',
      ),
      allowPrivate,
    }),
  ],
  'must be a mapping with dialer: url, socket, service or vpcNetwork',
);

/** Paths are as written: relative to the file. */
export const ConfigurationSchema: v.GenericSchema<unknown, Configuration> = v.pipe(
  v.nullable(
    mapping({
      manifests: optional(
        v.union(
          [
            v.pipe(
              v.string(),
              v.transform((path) => [path]),
            ),
            v.array(v.string()),
          ],
          'must be a file, a folder or a URL, or a list of them',
        ),
        'Files, folders and URLs that commands work on without -f, relative to this file.',
      ),
      namespace: optional(text('must be a name'), 'The namespace of objects that name none.'),
      target: optional(
        v.picklist(TARGET_NAMES, `must be one of ${TARGET_NAMES.join(', ')}`),
        'The runtime that it is to run on.',
      ),
      dialers: optional(
        v.array(DialerSchema, 'must be a list of dialers'),
        'How endpoints are reached there: what DIALERS is to the edge worker.',
      ),
      clusterDomain: optional(text('must be a domain'), 'cluster.local by default.'),
      clusterIPRanges: optional(
        v.pipe(
          texts,
          usable((clusterIPRanges) => defaultServiceTypes({ clusterIPRanges })),
        ),
        'CIDRs for cluster IPs, the primary family first.',
      ),
      nodePortRange: optional(
        v.pipe(
          v.tuple([port, port], 'must be two ports'),
          usable((nodePortRange) => defaultServiceTypes({ nodePortRange })),
        ),
        'First and last; 30000 and 32767 by default.',
      ),
      externalNames: optional(
        v.pipe(
          texts,
          usable((externalNames) => defaultServiceTypes({ externalNames })),
        ),
        'ExternalName targets that HTTP may be routed to.',
      ),
      ingress: optional(
        mapping({
          controllers: optional(texts, 'Controllers whose classes are ours.'),
          legacyClasses: optional(
            texts,
            'Values of the annotation kubernetes.io/ingress.class that are ours.',
          ),
        }),
        'Which Ingresses are served: all by default.',
      ),
      defaultBackend: optional(
        mapping({
          namespace: text('must be a name'),
          name: text('must be a name'),
          port: v.union([port, v.string()], 'must be a port, by number or by name'),
        }),
        "The Service that answers what no rule and no object's own default backend does.",
      ),
      check: optional(CheckSchema, 'Of portolan check.'),
      serve: optional(ServeSchema, 'Of portolan serve; its options go before this.'),
    }),
  ),
  v.transform((configuration): Configuration => configuration ?? {}),
);
