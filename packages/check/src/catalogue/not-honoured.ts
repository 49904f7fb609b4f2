import type { CatalogueEntry } from './entry.ts';

export const NOT_HONOURED: Readonly<Record<string, CatalogueEntry>> = {
  AnnotationNotHonoured: {
    severity: 'warning',
    title: 'An annotation of another controller has no effect here',
    explanation:
      "Annotations are each controller's own, and Portolan honours none but Kubernetes' and its own. The message says what is lost, and which of ours does the same or nearly; where that one is set too, nothing is said. It is a warning where requests are treated otherwise; where something is no longer protected it says so first. It is a notice where only buffers, timeouts or logs are concerned, or where the annotation is for another program, which goes on reading it. One that asks for what happens anyway is not reported.",
  },
  FieldNotHonoured: {
    severity: 'notice',
    title: "A field of Kubernetes' own has no effect here",
    explanation:
      'Some fields are about what Portolan does not do, or can not do where it is to run. The message says what is lost. The README has the list.',
  },
  KindNotServed: {
    severity: 'warning',
    title: 'An object that changes routing is not read',
    explanation:
      'Portolan reads Services, Ingresses and what belongs to them. This object is of a kind that other controllers route, secure or limit requests by, and on a cluster that has such a controller it changes where requests go. Here it changes nothing: the message says what is lost.',
  },
};
