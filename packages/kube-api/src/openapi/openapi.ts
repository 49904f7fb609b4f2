import { hash } from '@portolan/core';
import { apiVersionOf, RESOURCE_TYPES, type ResourceType } from '@portolan/store';

import { documentV2, documentV3 } from './document/document.ts';
import { protobufDocument } from './protobuf/protobuf-document.ts';

/** What clients ask for has an `@` in place of the second dot, which no media type may have: kubectl can't read its own words. */
const PROTOBUF_V2 = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * Answers `GET` of `/openapi/v2`, `/openapi/v3` and what is below; `undefined` for every other path.
 *
 * Documents are JSON. Only at `/openapi/v2` a client that takes nothing but protobuf, as kubectl up to 1.26, gets that.
 *
 * @param path Without the prefix: `/openapi/v3/apis/networking.k8s.io/v1`.
 * @param accept The `Accept` header; empty where there is none.
 * @param prefix What stands before the path in the index's `serverRelativeURL`s: `/.portolan/kube`, or nothing.
 */
export function openAPIResponse(
  path: string,
  accept: string,
  prefix: string,
): Response | undefined {
  if (path === '/openapi/v2') {
    const isProtobuf = accept.includes('openapi.spec.v2') && !/json|\*\/\*/u.test(accept);
    return isProtobuf
      ? new Response(protobufV2(), { headers: { 'Content-Type': PROTOBUF_V2, Vary: 'Accept' } })
      : answer(textOf(path, documentV2));
  }
  if (path === '/openapi/v3') return answer(JSON.stringify({ paths: index(prefix) }));
  const name = path.startsWith('/openapi/v3/') ? path.slice('/openapi/v3/'.length) : '';
  const types = groupVersions().get(name);
  return types && answer(textOf(path, () => documentV3(types)));
}

/** The resources by where their document is: `api/v1`, `apis/networking.k8s.io/v1`. */
function groupVersions(): ReadonlyMap<string, readonly ResourceType[]> {
  return Map.groupBy(RESOURCE_TYPES, (type) =>
    type.group === '' ? `api/${type.version}` : `apis/${apiVersionOf(type)}`,
  );
}

function index(prefix: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...groupVersions()].map(([name, types]) => {
      const path = `/openapi/v3/${name}`;
      const tag = tagOf(textOf(path, () => documentV3(types)));
      return [name, { serverRelativeURL: `${prefix}${path}?hash=${tag}` }];
    }),
  );
}

let madeV2: Uint8Array<ArrayBuffer> | undefined;

function protobufV2(): Uint8Array<ArrayBuffer> {
  madeV2 ??= Uint8Array.from(protobufDocument(documentV2()));
  return madeV2;
}

const texts = new Map<string, string>();

/** A document's text, made when it is asked for first. */
function textOf(path: string, make: () => unknown): string {
  const text = texts.get(path) ?? JSON.stringify(make());
  texts.set(path, text);
  return text;
}

function tagOf(text: string): string {
  return [0, 1].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('');
}

function answer(text: string): Response {
  return new Response(text, {
    headers: { 'Content-Type': 'application/json', ETag: `"${tagOf(text)}"`, Vary: 'Accept' },
  });
}
