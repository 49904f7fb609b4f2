import { applicationProtocol } from '@portolan/proxy';

import { changes, type Fact } from './fact.ts';

const PLAIN: ReadonlySet<string> = new Set(['', 'false', 'http', 'http1']);
const OVER_TLS: ReadonlySet<string> = new Set(['https', 'ssl', 'tls', 'true']);
const GRPC: ReadonlySet<string> = new Set(['grpc', 'grpcs']);

/** A protocol that another controller is told to speak to endpoints. Here the port's own `appProtocol` says so. */
export const backendProtocol: Fact = (value, about) => {
  const wanted = value.trim().toLowerCase();
  if (PLAIN.has(wanted)) return undefined;
  if (GRPC.has(wanted)) return changes('native gRPC is not passed on')(value, about);
  if (!OVER_TLS.has(wanted)) {
    return changes('endpoints are spoken to in HTTP, not {}')(value, about);
  }
  const protocols = [...about.appProtocols].map((each) => applicationProtocol(each));
  if (protocols.length > 0 && protocols.every((each) => each === 'https')) return undefined;
  return changes('endpoints are spoken to in HTTP without TLS', {
    remedy: 'write appProtocol: https at the port of the Service',
  })(value, about);
};
