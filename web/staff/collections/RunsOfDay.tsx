// What the runs of a day that is past came to, as they kept it then.

import { Group, Stack, Text } from '@mantine/core';
import { listReminderRuns } from '#collections/contract.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { Panel } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

export function RunsOfDay({ on }: { readonly on: string }) {
  const pages = usePages(listReminderRuns, { query: { on } });
  const rows = rowsOf(pages.data);
  if (!pages.data) return null;
  return (
    <Panel title="What went out then">
      {rows.length === 0 ? (
        <Text size="sm">No run said the steps of that day.</Text>
      ) : (
        <Stack gap="xs">
          {rows.map((run) => (
            <Group key={run.runId} gap="xs">
              <Text size="sm" fw={600}>
                {run.companyCode}
              </Text>
              <Text size="sm">
                {countText(run.messages)} {run.messages === 1 ? 'message' : 'messages'} about{' '}
                {countText(run.items)} {run.items === 1 ? 'invoice' : 'invoices'}, {countText(run.leftOut)}{' '}
                left out, {countText(run.forPerson)} kept for a person
              </Text>
              <Text size="sm" c="dimmed">
                {momentWords(run.startedAt)}
              </Text>
            </Group>
          ))}
        </Stack>
      )}
      <ShowMore pages={pages} />
      <Text size="sm" c="dimmed" mt="xs">
        Each message, as it was sent, stands in the <TenantLink to="outbox">outbox</TenantLink>.
      </Text>
    </Panel>
  );
}
