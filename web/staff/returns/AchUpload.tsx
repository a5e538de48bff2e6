// Handing in a file of the ACH network: it is read and shown first, then kept.

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { receiveAchReturns } from '#returns/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useUpload } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';

type Received = Reply<typeof receiveAchReturns>;

export function AchUpload() {
  const [companyId, setCompanyId] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const upload = useUpload(receiveAchReturns);
  const [isKept, setIsKept] = useState(false);
  const send = (chosen: File, rehearse: boolean): void => {
    setFile(chosen);
    setIsKept(!rehearse);
    upload.mutate({ input: { query: { companyId } }, file: chosen, rehearse });
  };
  return (
    <Panel title="Returns of the ACH network">
      <Stack gap="sm">
        <CompanySelect label="Company that collected" value={companyId} onChange={setCompanyId} width={340} />
        <DropArea
          title="Drop a file of returns here"
          says="Nacha files with returns and notices of change. You see what is in it before it is kept; twice changes nothing."
          accept=".ach,.txt,.nacha"
          share={upload.share}
          disabled={companyId === ''}
          onFile={(chosen) => send(chosen, true)}
        />
        {upload.error ? <Trouble problem={upload.error} /> : null}
        {upload.data ? <Held received={upload.data} isKept={isKept} /> : null}
        {upload.data && file && !isKept ? (
          <Group>
            <Button loading={upload.isPending} onClick={() => send(file, false)}>
              Keep it
            </Button>
            <Button variant="default" onClick={() => upload.reset()}>
              Leave it
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function Held({ received, isKept }: { readonly received: Received; readonly isKept: boolean }) {
  return (
    <Stack gap={4} role="status">
      <Text size="sm">
        {received.fileName}: {countText(received.returns)} returns of <Money value={received.cameBack} />,{' '}
        {countText(received.dishonoured)} dishonoured, {countText(received.contested)} contested,{' '}
        {countText(received.corrections)} notices of change; {countText(received.newlyKept)} of them new.
      </Text>
      {received.problems.map((problem) => (
        <Alert key={problem} color="yellow">
          {problem}
        </Alert>
      ))}
      {isKept ? (
        <Group gap={6}>
          <IconCheck size={16} aria-hidden />
          <Text size="sm">Kept. What is certain is booked in a moment.</Text>
        </Group>
      ) : null}
    </Stack>
  );
}
