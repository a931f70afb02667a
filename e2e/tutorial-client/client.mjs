// The tutorial's client: subscribes once and prints every frame that comes, one a line.
import WebSocket from 'ws';

const socket = new WebSocket(process.env.GATEWAY_URL ?? 'ws://localhost:8080/ws');

socket.on('open', () => {
  socket.send(JSON.stringify({ action: 'subscribe', channel: 'iss.telemetry' }));
});

socket.on('message', (data) => {
  console.log(data.toString());
});

socket.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
