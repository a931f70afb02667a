// The pulse strip: one line per message of the last minute, newest at the right.

import { MINUTE_MILLIS } from './arrivals.js';

const TICK_SECONDS = 10;

/** @param {{at: number, kind: string}[]} arrivals */
export function drawPulse(canvas, arrivals, now) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0) return;
  const style = getComputedStyle(canvas);
  const colour = (kind) => style.getPropertyValue(`--pulse-${kind}`);
  const pen = canvas.getContext('2d');
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  pen.scale(canvas.width / width, canvas.height / height);
  const xAt = (at) => width * (1 - (now - at) / MINUTE_MILLIS) - 2;

  pen.fillStyle = colour('scale');
  pen.fillRect(0, height - 1, width, 1);
  for (let seconds = TICK_SECONDS; seconds < 60; seconds += TICK_SECONDS) {
    pen.fillRect(Math.round(xAt(now - seconds * 1000)), height - 4, 1, 4);
  }
  for (const { at, kind } of arrivals) {
    const tall = kind === 'missed' ? height - 2 : height * 0.62;
    pen.fillStyle = colour(kind);
    pen.fillRect(Math.round(xAt(at)), height - 2 - tall, 2, tall);
  }
}
