import { createPrivateKey, X509Certificate } from 'node:crypto';
import tls from 'node:tls';

import { certificateChooser, type TLSCertificate } from '@portolan/proxy';

/** What shows a certificate in a handshake. */
interface Shown {
  readonly certificate: TLSCertificate;
  readonly context: tls.SecureContext;
}

export interface ByNameOptions {
  /** What a server has besides certificates. */
  readonly tls: tls.TlsOptions;
  readonly certificates: () => readonly TLSCertificate[];
  readonly onError: (error: Error) => void;
}

/** Certificates by the names that clients ask for. */
export interface ByName {
  /** For `tls.createServer` and what is like it. */
  readonly SNICallback: NonNullable<tls.TlsOptions['SNICallback']>;
  /** To be called for a server before it takes a connection: sees to clients that ask for no name. */
  readonly attach: (server: tls.Server) => void;
}

/**
 * Chooses the certificate of each handshake by the name that the client asks for. Where nobody has it, the handshake fails with
 * the alert `handshake_failure`: Node has no `unrecognized_name`.
 */
export function byName(options: ByNameOptions): ByName {
  const choose = certificateChooser({
    certificates: options.certificates,
    prepare: (certificate): Shown => ({ certificate, context: secureContext(certificate) }),
    onError: options.onError,
  });
  let shownToNobody: Shown | undefined;
  return {
    SNICallback: (serverName, done) => done(null, choose(serverName)?.context),
    attach: (server) => {
      // Node doesn't ask about clients without a name; they get what the server has by itself.
      server.prependListener('connection', () => {
        const shown = choose('');
        if (shown === shownToNobody) return;
        shownToNobody = shown;
        const { cert = options.tls.cert, key = options.tls.key } = shown?.certificate ?? {};
        server.setSecureContext({ ...options.tls, cert, key });
      });
    },
  };
}

/** @throws where one is no PEM, or the key is another's. */
function secureContext({ cert, key }: TLSCertificate): tls.SecureContext {
  // A context would be content with empty ones.
  void new X509Certificate(cert);
  void createPrivateKey(key);
  return tls.createSecureContext({ cert, key });
}
