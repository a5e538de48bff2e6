// Whom a receipt came from, with its number, in one line of a list.

import { Text } from '@mantine/core';

export function ReceiptFrom({ who, number }: { readonly who: string | null; readonly number: string }) {
  return (
    <Text size="sm" truncate>
      {who ?? 'nobody known'}{' '}
      <Text span size="xs" c="dimmed">
        {number}
      </Text>
    </Text>
  );
}
