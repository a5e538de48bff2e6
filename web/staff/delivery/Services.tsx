// What takes messages over: set up or not, how handing over went last, and whether it answers now.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readDeliveryServices, tryDeliveryService } from '#delivery/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

type Service = Reply<typeof readDeliveryServices>['rows'][number];

const NAMES: Readonly<Record<Service['service'], string>> = {
  mail: 'Mail server',
  letter: 'Letter service',
  sms: 'Text messages',
  network: 'E-invoice network',
};

const WITHOUT: Readonly<Record<Service['service'], string>> = {
  mail: 'Mails stay in the outbox, where they can be read.',
  letter: 'Letters lie ready under Outbox → Letters, to be printed here.',
  sms: 'No text messages are sent.',
  network: 'E-invoices go by mail, not through a network.',
};

/** All services. */
export function Services() {
  const read = useRead(readDeliveryServices);
  return (
    <Panel title="Services">
      <Shown read={read}>
        {({ rows }) => (
          <Stack gap="lg">
            {rows.map((row) => (
              <ServiceRow key={row.service} row={row} />
            ))}
          </Stack>
        )}
      </Shown>
    </Panel>
  );
}

function ServiceRow({ row }: { readonly row: Service }) {
  const [isTrying, setTrying] = useState(false);
  return (
    <Stack gap={4} role="group" aria-label={NAMES[row.service]}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>{NAMES[row.service]}</Text>
          <Badge color={row.isSetUp ? 'teal' : 'gray'} variant="light">
            {row.isSetUp ? 'set up' : 'not set up'}
          </Badge>
        </Group>
        {row.isSetUp && row.service !== 'mail' ? (
          <Button size="xs" variant="default" onClick={() => setTrying(true)} disabled={isTrying}>
            Does it answer?
          </Button>
        ) : null}
      </Group>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {row.about ?? WITHOUT[row.service]}
      </Text>
      {row.takenAt ? <Text size="sm">Last took something over: {momentWords(row.takenAt)}</Text> : null}
      {row.trouble ? (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          Last trouble: {momentWords(row.trouble.at)}. {row.trouble.answer}
        </Text>
      ) : null}
      {isTrying && row.service !== 'mail' ? (
        <Tried service={row.service} onAgain={() => setTrying(false)} />
      ) : null}
    </Stack>
  );
}

function Tried({
  service,
  onAgain,
}: {
  readonly service: 'letter' | 'sms' | 'network';
  readonly onAgain: () => void;
}) {
  const read = useRead(tryDeliveryService, { params: { service } });
  if (read.error) return <Trouble problem={read.error} />;
  if (read.isFetching || !read.data)
    return (
      <Text size="sm" role="status">
        Asking…
      </Text>
    );
  return (
    <Group gap="xs" role="status">
      <Badge color={read.data.works ? 'teal' : 'red'} variant="light">
        {read.data.works ? 'it answers' : 'it does not work'}
      </Badge>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {read.data.answer}
      </Text>
      <Button size="compact-xs" variant="subtle" onClick={onAgain}>
        Close
      </Button>
    </Group>
  );
}
