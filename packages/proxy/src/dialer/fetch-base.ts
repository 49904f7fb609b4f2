import { applicationProtocol } from '../application-protocol/application-protocol.ts';
import { authority } from './authority.ts';
import type { DialTarget, Unreachable } from './dialer.ts';

/**
 * Scheme and authority under which `fetch` can address the target. HTTP/2 without TLS is beyond every `fetch`.
 *
 * @param at Where it is to be found, if not at the endpoint's own address.
 */
export function fetchBase(
  { endpoint, service }: DialTarget,
  at: string = authority(endpoint),
): { readonly base: string } | Unreachable {
  const protocol = applicationProtocol(service.appProtocol);
  if (protocol === 'h2c') {
    return {
      unreachable: 'ProtocolNotSupported',
      message: `appProtocol ${service.appProtocol} needs HTTP/2 without TLS, which fetch does not speak`,
    };
  }
  return { base: `${protocol}://${at}` };
}
