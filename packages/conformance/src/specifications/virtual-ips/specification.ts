import type { Specification } from '../specification.ts';

export const virtualIPs: Specification = {
  name: 'Virtual IPs',
  document: 'Kubernetes documentation, Reference, Virtual IPs and Service Proxies',
  url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/',
  sections: [
    {
      title: 'Session affinity',
      gaps: [
        {
          result: 'deviates',
          demand: 'affinity ends with its timeout',
          instead: 'it lasts as long as the endpoint does: nothing is stored that could end',
          see: 'docs/explanation/behaviour.md#services-and-their-endpoints',
        },
      ],
    },
    { title: 'IP address assignment to Services' },
    { title: 'Internal traffic policy' },
    { title: 'External traffic policy' },
    { title: 'Traffic to terminating endpoints' },
    { title: 'Traffic distribution control' },
  ],
};
