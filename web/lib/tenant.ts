// Which tenant the page is about: the first part of its path, so that a link always shows the same thing.

import { useParams } from '@tanstack/react-router';

/** The slug of the tenant in the address. */
export function useTenant(): string {
  const { tenant } = useParams({ strict: false });
  return tenant ?? '';
}
