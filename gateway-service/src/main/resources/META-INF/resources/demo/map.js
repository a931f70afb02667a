// The world map: one canvas for the ground and the paths, one element on top for the station.

import { Glide } from './glide.js';
import { drawGround } from './ground.js';
import { nextOrbit } from './orbit.js';
import { onPaletteChange, readPalette } from './palette.js';
import { drawHorizon, drawNextOrbit, drawTrail } from './path.js';
import { between, followView, turnsInView, worldView, xOf, yOf } from './projection.js';
import { subsolarPoint } from './sun.js';

// Nothing is drawn again before something would move by a quarter of a device pixel.
const WORTH_DRAWING_PIXELS = 0.25;
const SUN_STEP_MILLIS = 60_000;
const ZOOM_MILLIS = 700;
// Long enough for a direction, short enough to forget a manoeuvre.
const DIRECTION_BASELINE_MILLIS = 45_000;

const stillMotion = matchMedia('(prefers-reduced-motion: reduce)');

export class WorldMap {
  #canvas;
  #marker;
  #trail;
  #pen;
  #ground = document.createElement('canvas');
  #groundKey = '';
  #glide = new Glide();
  #newest = null;
  #track = [];
  #colours = readPalette();
  #following = false;
  #view = null;
  #zoom = null;
  #frame = 0;
  #timer = 0;

  /**
   * @param {HTMLCanvasElement} canvas fills its parent
   * @param {HTMLElement} marker lies over the canvas
   * @param {import('./trail.js').Trail} trail read on every drawing
   */
  constructor(canvas, marker, trail) {
    this.#canvas = canvas;
    this.#marker = marker;
    this.#trail = trail;
    this.#pen = canvas.getContext('2d', { alpha: false });
    new ResizeObserver(() => this.#resized()).observe(canvas);
    document.addEventListener('visibilitychange', () => this.#request());
    onPaletteChange(() => {
      this.#colours = readPalette();
      this.#groundKey = '';
      this.#request();
    });
  }

  /** Shows a new place of the station; it is in the trail already. */
  show(sample) {
    this.#newest = sample;
    this.#glide.moveTo(sample, performance.now(), !stillMotion.matches && !document.hidden);
    const earlier = this.#trail.pointBefore(DIRECTION_BASELINE_MILLIS);
    this.#track = earlier === null ? [] : nextOrbit(earlier, sample);
    this.#request();
  }

  /** @param {boolean} following true shows the surroundings of the station, false the world */
  follow(following) {
    this.#following = following;
    if (this.#view !== null && !stillMotion.matches) this.#zoom = { from: this.#view, startedAt: performance.now() };
    this.#request();
  }

  #resized() {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#canvas.width = Math.round(clientWidth * devicePixelRatio);
    this.#canvas.height = Math.round(clientHeight * devicePixelRatio);
    this.#groundKey = '';
    // At once, else the emptied canvas flashes.
    this.#draw(performance.now());
  }

  #request() {
    clearTimeout(this.#timer);
    if (this.#frame !== 0 || document.hidden) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      this.#draw(now);
      this.#requestNext(now);
    });
  }

  #requestNext(now) {
    if (this.#zoom !== null) {
      this.#request();
      return;
    }
    const pixelsPerSecond = this.#glide.speed * this.#view.scale * devicePixelRatio;
    const wait = this.#glide.isMoving(now) ? (WORTH_DRAWING_PIXELS / pixelsPerSecond) * 1000 : SUN_STEP_MILLIS;
    this.#timer = setTimeout(() => this.#request(), Math.min(wait, SUN_STEP_MILLIS));
  }

  #draw(now) {
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    if (width === 0 || height === 0) return;
    const station = this.#glide.at(now);
    const view = (this.#view = this.#currentView(width, height, station, now));
    const pen = this.#pen;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.#groundFor(view), 0, 0);
    pen.setTransform(this.#canvas.width / width, 0, 0, this.#canvas.height / height, 0, 0);
    if (station !== null) drawHorizon(pen, view, this.#colours, station);
    drawNextOrbit(pen, view, this.#colours, this.#track);
    drawTrail(pen, view, this.#colours, this.#trail.points, station, this.#newest?.at ?? 0);
    this.#placeMarker(view, station);
  }

  #currentView(width, height, station, now) {
    const target = this.#following && station !== null
      ? followView(width, height, station)
      : worldView(width, height, station);
    if (this.#zoom === null) return target;
    const share = (now - this.#zoom.startedAt) / ZOOM_MILLIS;
    if (share >= 1) {
      this.#zoom = null;
      return target;
    }
    const eased = share < 0 ? 0 : share * share * (3 - 2 * share);
    return between(this.#zoom.from, target, eased);
  }

  /** The ground is the dear part and mostly the same as before. */
  #groundFor(view) {
    const minute = Math.floor(Date.now() / SUN_STEP_MILLIS);
    const key = JSON.stringify([view, minute]);
    if (key !== this.#groundKey) {
      this.#groundKey = key;
      this.#ground.width = this.#canvas.width;
      this.#ground.height = this.#canvas.height;
      const pen = this.#ground.getContext('2d', { alpha: false });
      pen.setTransform(this.#canvas.width / view.width, 0, 0, this.#canvas.height / view.height, 0, 0);
      drawGround(pen, view, this.#colours, subsolarPoint(minute * SUN_STEP_MILLIS));
    }
    return this.#ground;
  }

  #placeMarker(view, station) {
    this.#marker.hidden = station === null;
    if (station === null) return;
    const [turn = 0] = turnsInView(view, station.longitude, station.longitude);
    const x = xOf(view, station.longitude + turn);
    const y = yOf(view, station.latitude);
    this.#marker.style.transform = `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)`;
    const label = x > view.width - 90 ? 'left' : 'right';
    if (this.#marker.dataset.label !== label) this.#marker.dataset.label = label;
  }
}
