import { parseMediaTypes, type MediaType } from '../content/media-type.ts';
import { StatusError } from '../status/status.ts';

/** In which form a client wants an answer. */
export interface Form {
  readonly format: 'json' | 'yaml';
  /** What the object is turned into: `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`. */
  readonly as?: string;
  /** As it is said in Content-Type. */
  readonly mediaType: string;
  readonly pretty: boolean;
}

const FORMATS: ReadonlyMap<string, 'json' | 'yaml'> = new Map([
  ['application/json', 'json'],
  ['application/yaml', 'yaml'],
  ['application/*', 'json'],
  ['*/*', 'json'],
]);

/**
 * The first of the forms that a client accepts and there is. Weights are not looked at, as in the API server.
 *
 * @param transforms What objects can be turned into here, as `Table;meta.k8s.io/v1`.
 * @throws {StatusError} 406 where there is none.
 */
export function negotiate(
  request: Request,
  { searchParams }: URL,
  transforms: readonly string[] = [],
  formats: readonly Form['format'][] = ['json', 'yaml'],
): Form {
  const pretty = ['true', '1'].includes(searchParams.get('pretty') ?? '');
  for (const { name, parameters } of parseMediaTypes(request.headers.get('accept') || '*/*')) {
    const format = FORMATS.get(name);
    const transform = transformOf(parameters);
    if (format === undefined || !formats.includes(format)) continue;
    if (transform === undefined) return { format, mediaType: `application/${format}`, pretty };
    if (!transforms.includes(transform)) continue;
    const [as = '', groupVersion = ''] = transform.split(';');
    const [group, version] = groupVersion.split('/');
    const mediaType = `application/${format};as=${as};g=${group};v=${version}`;
    return { format, as, mediaType, pretty };
  }
  const accepted = formats.map((format) => `application/${format}`).join(', ');
  const message = `only the following media types are accepted: ${accepted}`;
  throw new StatusError(406, 'NotAcceptable', message);
}

function transformOf(parameters: MediaType['parameters']): string | undefined {
  const as = parameters.get('as');
  return as && `${as};${parameters.get('g') ?? ''}/${parameters.get('v') ?? ''}`;
}
