import type { DeliveryResult, PreparedNotification } from '@darkroom/contract';
import { createTransport, type NodemailerError } from 'nodemailer';

export type PreparedMail = Extract<PreparedNotification, { kind: 'mail' }>;

export interface Mailer {
  /** Hands a mail to the server. A repeat has the same Message-ID. */
  send(mail: PreparedMail, notificationId: string): Promise<DeliveryResult>;
}

export interface MailSettings {
  smtpUrl: string | undefined;
  from: string | undefined;
  /** How long a mail may take in all. */
  wholeMs?: number;
}

const connectMs = 10_000;
const silenceMs = 15_000;
const usualWholeMs = 45_000;

/**
 * Sends e-mail through the server of SMTP_URL: a connection for each, so that none waits behind a slow one. Undefined where there is no
 * server.
 */
export function createMailer({ smtpUrl, from, wholeMs = usualWholeMs }: MailSettings): Mailer | undefined {
  if (smtpUrl === undefined || from === undefined) return undefined;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: connectMs,
    dnsTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);

  return {
    async send({ to, subject, text, html }, notificationId) {
      try {
        await transport.sendMail({
          from: { name: 'Darkroom', address: from },
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${notificationId}@${domain}>`,
          headers: { 'auto-submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: AbortSignal.timeout(wholeMs),
        });
        return { kind: 'delivered' };
      } catch (error) {
        return toResult(error as NodemailerError);
      }
    },
  };
}

/**
 * A recipient or a message that the server refuses for good is refused again. Everything else may pass: that it does not take our sender is
 * the fault of the operator, who may mend it.
 */
function toResult({ code, command, responseCode, permanent }: NodemailerError): DeliveryResult {
  const status = responseCode === undefined ? {} : { status: responseCode };
  const isOfMail = code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM');
  const isRefused = permanent === true && isOfMail;
  const what =
    responseCode === undefined ? `could not be used (${code ?? 'unknown reason'})` : `answered ${responseCode}`;
  return { kind: isRefused ? 'refused' : 'failed', ...status, reason: `The mail server ${what}.` };
}
