// What a file announces: counted and added up, nothing of it booked.

import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { receiveAnnouncements } from '#announcements/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';

type AnnouncedResultProps = {
  readonly received: Reply<typeof receiveAnnouncements>;
  readonly isDone: boolean;
};

export function AnnouncedResult({ received, isDone }: AnnouncedResultProps) {
  return (
    <Panel title={isDone ? `Kept: ${received.fileName}` : `Announces: ${received.fileName}`}>
      <Stack>
        <Text size="sm" c="dimmed">
          Nothing of this is booked: it says what is still to come, and what a booked sum is made of.
        </Text>
        {received.accounts.map((account) => (
          <Stack key={account.bankAccountId} gap="xs">
            <Text fw={600}>{account.account}</Text>
            <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} spacing="xs">
              {(
                [
                  ['Entries', countText(account.announced)],
                  ['New', countText(account.newlyAnnounced)],
                  ['Payments in them', countText(account.payments)],
                  ['Money in', <Money key="in" value={account.moneyIn} />],
                  ['Money out', <Money key="out" value={account.moneyOut} />],
                ] as const
              ).map(([name, value]) => (
                <div key={name}>
                  <Text size="xs" c="dimmed">
                    {name}
                  </Text>
                  <Group fw={600}>{value}</Group>
                </div>
              ))}
            </SimpleGrid>
          </Stack>
        ))}
      </Stack>
    </Panel>
  );
}
