#!/bin/sh
# Makes the clips that simulated video providers answer with, their last frames, and facts.json with what ffprobe reads in them.
# Needs ffmpeg with libx264 and drawtext, and ffprobe; the simulator itself needs neither. Run it from any directory.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
clips="$here/clips"
font="$here/../../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"
mkdir -p "$clips"
rm -f "$clips"/*.mp4 "$clips"/*.png "$clips/facts.json"

quiet='-hide_banner -loglevel error -nostdin -y'

# clip <number> <width> <height> <frames a second> <seconds> <colour> <colour of the moving box> <faststart or plain>
clip() {
  name="clip-$1"
  file="$clips/$name.mp4"
  box=$(($2 / 8))
  flags=''
  [ "$8" = faststart ] && flags='-movflags +faststart'
  # shellcheck disable=SC2086
  ffmpeg $quiet -fflags +bitexact \
    -f lavfi -i "color=c=$6:size=$2x$3:rate=$4:duration=$5" \
    -f lavfi -i "color=c=$7:size=${box}x${box}:rate=$4:duration=$5" \
    -filter_complex "[0][1]overlay=x='(W-w)*t/$5':y='(H-h)*0.8',\
drawtext=fontfile=$font:text='$1':fontcolor=white:fontsize=h/3:x=(w-text_w)/2:y=h/6,\
drawtext=fontfile=$font:text='%{frame_num}':start_number=1:fontcolor=white:fontsize=h/12:x=w/20:y=h/20,format=yuv420p" \
    -c:v libx264 -profile:v main -preset veryslow -crf 28 -threads 1 -flags:v +bitexact -an $flags "$file"
  frames=$(ffprobe -v error -count_frames -select_streams v:0 -show_entries stream=nb_read_frames -of csv=p=0 "$file")
  # shellcheck disable=SC2086
  ffmpeg $quiet -fflags +bitexact -i "$file" -vf "select=eq(n\,$((frames - 1)))" -frames:v 1 -update 1 "$clips/$name-last-frame.png"
  ffprobe -v error -select_streams v:0 -show_entries stream=width,height,r_frame_rate:format=duration -of json "$file" |
    node -e '
      const { streams: [stream], format } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      const [frames, seconds] = stream.r_frame_rate.split("/").map(Number);
      const { width, height } = stream;
      const facts = { number: Number(process.argv[1]), width, height, durationSeconds: Number(format.duration), frameRate: frames / seconds };
      console.log(JSON.stringify(facts));' "$1" >>"$clips/facts.lines"
}

rm -f "$clips/facts.lines"
clip 1 640 360 24 5 0x1f4e8c 0xf2b134 faststart
clip 2 360 640 30 4 0x8c1f2f 0x6fd1c5 faststart
clip 3 320 180 25 1 0x1f7a3d 0xe85d9e faststart
clip 4 854 480 25 6 0x5a2d82 0xb6e24a plain
clip 5 270 480 24 2 0xb85c00 0x3aa0ff plain
clip 6 1280 720 30 3 0x0e6e78 0xff7f6b faststart
node -e '
  const lines = require("node:fs").readFileSync(process.argv[1], "utf8").trim().split("\n");
  console.log(`[\n${lines.map((line) => `  ${JSON.stringify(JSON.parse(line), null, 1).replace(/\n */g, " ")}`).join(",\n")}\n]`);' \
  "$clips/facts.lines" >"$clips/facts.json"
rm "$clips/facts.lines"
