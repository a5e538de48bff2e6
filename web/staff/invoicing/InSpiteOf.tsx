// What an invoice was issued in spite of: warnings that somebody accepted, or that came up where nobody could be asked.

import { List, Text } from '@mantine/core';
import type { readInvoice } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { Panel } from '../../ui/Page.tsx';

export function InSpiteOf({ findings }: { readonly findings: Reply<typeof readInvoice>['findings'] }) {
  if (findings.length === 0) return null;
  return (
    <Panel title="Issued in spite of">
      <List size="sm" spacing={4}>
        {findings.map((finding) => (
          <List.Item key={finding.check}>
            {finding.message}{' '}
            <Text span size="sm" c="dimmed">
              {finding.acceptedBy === null ? 'Nobody was asked.' : 'Accepted by whoever issued it.'}
            </Text>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
