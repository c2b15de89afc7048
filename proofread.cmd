@echo off
chcp 65001 >nul
set "PYTHONPATH=%~dp0scripts"
if not exist "%~dp0.venv\set-up.sha256" (
  echo 尚未装好：请先在本文件夹中运行 python scripts\build
  pause
  exit /b 2
)
if "%~1"=="" (
  echo 请把要校核的文稿拖到 proofread.cmd 上，可以同时拖几份。
  pause
  exit /b 2
)
"%~dp0.venv\Scripts\python.exe" -m diaoyan.cli proofread --open %*
if %errorlevel% neq 0 if %errorlevel% neq 1 pause
