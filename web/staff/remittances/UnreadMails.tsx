// Mails that were to say what a payment is for, and of which nothing could be read: for a person to look at.

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRemittanceMailFile, listRemittanceMails } from '#remittances/contract.ts';
import { useRead } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { dayWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

/** The latest are shown; older ones are found by the API. */
const SHOWN = 5;

export function UnreadMails() {
  const tenant = useTenant();
  const read = useRead(listRemittanceMails, { query: { state: 'unread', limit: SHOWN } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="Mails that could not be read">
      <Stack gap="sm">
        {rows.map((mail) => (
          <Group key={mail.mailId} justify="space-between" wrap="wrap">
            <div>
              <Text size="sm" fw={550}>
                {mail.subject || 'No subject'}
              </Text>
              <Text size="sm" c="dimmed" component="div">
                {mail.sender} · {dayWords(mail.receivedOn)}
                {mail.hint ? (
                  <>
                    {' · perhaps '}
                    <TenantLink to={`customers/${mail.hint.id}`}>{mail.hint.name}</TenantLink>
                  </>
                ) : null}
              </Text>
            </div>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              aria-label={`Save the mail ${mail.subject}`}
              onClick={() =>
                void saveFile(getRemittanceMailFile, { params: { mailId: mail.mailId } }, tenant)
              }
            >
              Save the mail
            </Button>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
