@echo off
rem The twin of ./kit for Windows, with the same verbs. Written for Windows, not tried on it.
setlocal
where dotnet >nul 2>nul || (echo kit: the .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download, then run kit again. 1>&2 & exit /b 1)
set "COVIDNOTEBOOKS_ROOT=%~dp0."
if not exist "%~dp0artifacts" mkdir "%~dp0artifacts"

rem The package that carries libtorch: the one of the environment variable TorchPackage, a GPU's where one answers and the package can be had, else Directory.Build.props chooses.
if not "%TorchPackage%"=="" goto build
nvidia-smi >nul 2>nul || goto build
set "TorchPackage=TorchSharp-cuda-windows"
dotnet restore "%~dp0lib\CovidNotebooks\CovidNotebooks.csproj" >"%~dp0artifacts\restore.log" 2>&1 && goto build
echo kit: there is an NVIDIA GPU, but TorchSharp-cuda-windows cannot be restored ^(artifacts\restore.log^): taking the CPU package. 1>&2
set "TorchPackage="

:build
set "target=lib\Cli\CovidNotebooks.Cli.csproj"
if /i "%~1"=="test" set "target=CovidNotebooks.sln"
if /i "%~1"=="setup" set "target=CovidNotebooks.sln"
dotnet build "%~dp0%target%" -c Release -v quiet -nologo >"%~dp0artifacts\build.log" 2>&1 || (type "%~dp0artifacts\build.log" 1>&2 & echo kit: the build failed; see above. 1>&2 & exit /b 1)
dotnet "%~dp0artifacts\bin\CovidNotebooks.Cli\release\kit.dll" %*
exit /b %errorlevel%
