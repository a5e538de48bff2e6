import { Button, type ButtonProps } from '@mantine/core';
import type { MorePages } from '../lib/data.ts';

/** Reads the next rows of a list that does not read on by itself; nothing where all is read. */
export function ShowMore({
  pages,
  words = 'Show more',
  ...look
}: { readonly pages: MorePages; readonly words?: string } & ButtonProps) {
  if (!pages.hasNextPage) return null;
  return (
    <Button
      variant="default"
      {...look}
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {words}
    </Button>
  );
}
