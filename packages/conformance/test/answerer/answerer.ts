import type { Decision, Portolan } from 'portolan';

/** Who answers a GET for the URL: the name of the Service that it is forwarded to, or the status of our own answer. */
export function answerer(app: Portolan, url: string): string | number {
  const decision = decisionOf(app, url);
  return decision.outcome === 'forward' ? decision.service.name : decision.status;
}

/** The status and the reason of our own answer; `undefined` where the request is forwarded. */
export function refusal(app: Portolan, url: string): string | undefined {
  const decision = decisionOf(app, url);
  return decision.outcome === 'respond' ? `${decision.status} ${decision.reason}` : undefined;
}

/** Everybody who may answer a GET for the URL, as `address:port`; nobody where it isn't forwarded. */
export function endpoints(app: Portolan, url: string): readonly string[] {
  const decision = decisionOf(app, url);
  if (decision.outcome !== 'forward') return [];
  return decision.endpoints.map(({ address, port }) => `${address}:${port}`);
}

/** What is said of the manifests, faults and doubts, in the API server's words where it has some. */
export function messages(app: Portolan): readonly string[] {
  return app.compiled().diagnostics.map(({ message }) => message);
}

/** What is said of the manifests, for machines. */
export function codes(app: Portolan): readonly string[] {
  return app.compiled().diagnostics.map(({ code }) => code);
}

function decisionOf(app: Portolan, url: string): Decision {
  return app.decide(new Request(url));
}
