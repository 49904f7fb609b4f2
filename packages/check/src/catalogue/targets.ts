import type { CatalogueEntry } from './entry.ts';

export const TARGETS: Readonly<Record<string, CatalogueEntry>> = {
  EndpointNotReachable: {
    severity: 'error',
    title: 'Endpoints can not be reached from where it is to run',
    explanation:
      'Each way to dial was asked, and none reaches the endpoints of this port: requests get a 502. On Workers fetch takes no IP addresses, so Pods need a VPC network binding or a service binding. Node and Deno refuse some ports. Native gRPC needs HTTP/2 without TLS, which no fetch speaks. It is a warning where some of the endpoints can be reached.',
  },
  HostNotKept: {
    severity: 'notice',
    title: 'Endpoints do not see the Host that the client sent',
    explanation:
      "On Workers and Node fetch sends the endpoint's own address as Host. What the client sent is in X-Forwarded-Host. Servers that tell their sites apart by Host have to be told to read it from there; on Node, the socket dialer keeps Host. It is an error where portolan.dev/host-policy: Require rules that out: such requests get a 502.",
  },
  HealthNotChecked: {
    severity: 'notice',
    title: 'Active health checks are not carried out where it is to run',
    explanation:
      'portolan.dev/health-path has endpoints asked at intervals. A Worker only runs while it answers a request, so nobody asks there. Endpoints that fail requests are still passed over for a while, and who is ready follows from the Pods.',
  },
  UpgradeNotPassedOn: {
    severity: 'warning',
    title: 'WebSockets are not passed on from where it is to run',
    explanation:
      'appProtocol says that this port speaks WebSocket, and the dialer that reaches its endpoints passes no upgrade on: such requests get a 501. Reach them another way, or let WebSockets go past Portolan.',
  },
  ProtocolNotCarried: {
    severity: 'warning',
    title: 'Nothing listens for the protocol of a port',
    explanation:
      'SCTP is carried nowhere. TCP and UDP are carried by the hosts for Node, Deno and Bun, which portolan serve starts. A Worker listens for HTTP only: UDP never arrives there, and at a TCP port that clients outside come to nothing but HTTP is answered. It is a notice where clients inside the cluster alone would come, or where a port may well speak HTTP and does not say so.',
  },
};
