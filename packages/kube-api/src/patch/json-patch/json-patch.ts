import { badRequest, notApplicable, PatchError } from '../failure/failure.ts';
import { isEqual, isList, isObject, isTooDeep } from '../json/json.ts';

/** As the API server's. */
const MOST_OPERATIONS = 10_000;
const MOST_COPIED = 3 * 1024 * 1024;

type Op = 'add' | 'copy' | 'move' | 'remove' | 'replace' | 'test';

interface Operation {
  readonly op: Op;
  readonly path: string;
  readonly from: string;
  readonly value: unknown;
}

/**
 * What a JSON patch makes of a document. A `test` for null also holds where there is no such field, as in the API server.
 * Source: RFC 6902.
 *
 * @throws {PatchError} 400 where `patch` is none, 413 where it is too long, 422 where it can't be carried out.
 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!isList(patch)) throw badRequest('a JSON patch must be a list of operations');
  if (patch.length > MOST_OPERATIONS) {
    throw new PatchError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`,
    });
  }
  const root: Root = { value: structuredClone(document), copied: 0 };
  for (const operation of patch.map(operationOf)) perform(root, operation);
  if (isTooDeep(root.value)) throw notApplicable('exceeded max depth');
  return root.value;
}

/** The document while it is patched, and how many characters of JSON were copied within it. */
interface Root {
  value: unknown;
  copied: number;
}

function operationOf(value: unknown): Operation {
  const { op, path, from, value: operand } = isObject(value) ? value : {};
  if (!isOp(op)) throw badRequest(`Unexpected kind: ${JSON.stringify(op)}`);
  if (typeof path !== 'string') throw badRequest(`${op} operation: path is missing`);
  const moves = op === 'copy' || op === 'move';
  if (moves && typeof from !== 'string') throw badRequest(`${op} operation: from is missing`);
  if (operand === undefined && (op === 'add' || op === 'replace')) {
    throw badRequest(`${op} operation: value is missing`);
  }
  return { op, path, from: typeof from === 'string' ? from : '', value: operand ?? null };
}

function isOp(op: unknown): op is Op {
  return ['add', 'copy', 'move', 'remove', 'replace', 'test'].includes(String(op));
}

function perform(root: Root, { op, path, from, value }: Operation): void {
  switch (op) {
    case 'add':
      return add(root, path, structuredClone(value), op);
    case 'remove':
      return remove(root, path, op);
    case 'replace':
      if (find(root, path) === undefined) throw missing(op, path);
      if (path !== '') remove(root, path, op);
      return add(root, path, structuredClone(value), op);
    case 'test':
      if (!isEqual(find(root, path) ?? null, value)) {
        throw notApplicable(`testing value ${path} failed: test failed`);
      }
      return undefined;
    case 'copy':
      return add(root, path, copyOf(root, valueAt(root, from, op)), op);
    case 'move': {
      const moved = valueAt(root, from, op);
      if (path === from) return undefined;
      if (path.startsWith(`${from}/`)) {
        throw notApplicable(`move operation does not apply: "${path}" lies in "${from}"`);
      }
      remove(root, from, op);
      return add(root, path, moved, op);
    }
  }
}

function copyOf(root: Root, value: unknown): unknown {
  if (isTooDeep(value)) throw notApplicable('exceeded max depth');
  const text = JSON.stringify(value);
  root.copied += text.length;
  if (root.copied > MOST_COPIED) {
    throw notApplicable(
      `Unable to complete the copy, the accumulated size increase of copy is ${root.copied}, exceeding the limit ${MOST_COPIED}`,
    );
  }
  return JSON.parse(text);
}

function add(root: Root, path: string, value: unknown, op: Op): void {
  const last = tokensOf(path).at(-1);
  if (last === undefined) {
    root.value = value;
    return;
  }
  const parent = parentOf(root, path);
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : indexOf(last);
    if (index === undefined || index > parent.length) throw missing(op, path);
    parent.splice(index, 0, value);
  } else if (isObject(parent)) {
    Object.defineProperty(parent, last, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    throw missing(op, path);
  }
}

function remove(root: Root, path: string, op: Op): void {
  const last = tokensOf(path).at(-1);
  if (last === undefined || find(root, path) === undefined) throw missing(op, path);
  const parent = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isObject(parent)) Reflect.deleteProperty(parent, last);
}

function valueAt(root: Root, path: string, op: Op): unknown {
  const value = find(root, path);
  if (value === undefined) throw missing(op, path);
  return value;
}

function missing(op: Op, path: string): PatchError {
  return notApplicable(
    `${op} operation does not apply: doc is missing path: "${path}": missing value`,
  );
}

/** Source: RFC 6901 section 4. */
function find({ value }: Root, path: string): unknown {
  return tokensOf(path).reduce(step, value);
}

function parentOf({ value }: Root, path: string): unknown {
  return tokensOf(path).slice(0, -1).reduce(step, value);
}

function step(value: unknown, token: string): unknown {
  if (isList(value)) {
    const index = indexOf(token);
    return index === undefined ? undefined : value[index];
  }
  return isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

function indexOf(token: string): number | undefined {
  return /^(?:0|[1-9][0-9]{0,15})$/u.test(token) ? Number(token) : undefined;
}

function tokensOf(path: string): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/'))
    throw notApplicable(`"${path}" is no JSON pointer: it must start with "/"`);
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
