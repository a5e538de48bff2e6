// Whether there is only the room of a phone: pages then show cards where there are tables elsewhere.

import { useMediaQuery } from '@mantine/hooks';

const NARROW = '(max-width: 48em)';

/** Whether the window is as narrow as a phone, at once and whenever it changes. */
export function useIsNarrow(): boolean {
  return useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
}
