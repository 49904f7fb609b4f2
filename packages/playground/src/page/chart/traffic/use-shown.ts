import { useEffect, useRef, useState } from 'preact/hooks';

import type { Traffic } from './use-traffic.ts';

/** What is shown of the traffic, as text: renders again only where the text is another one. */
export function useShown(traffic: Traffic | undefined, show: (traffic: Traffic) => string): string {
  const [shown, setShown] = useState('');
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    if (traffic === undefined) {
      setShown('');
      return undefined;
    }
    const update = (): void => {
      setShown(latest.current(traffic));
    };
    update();
    return traffic.listen(update);
  }, [traffic]);
  return shown;
}
