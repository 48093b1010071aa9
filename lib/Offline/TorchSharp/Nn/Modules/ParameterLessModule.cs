using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A module that has neither parameters, buffers nor submodules.</summary>
public interface IParameterLessModule;

/// <summary>A module of one input that can have no parameters, buffers or submodules.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) => throw new InvalidOperationException("Cannot register a buffer on a module that is declared 'parameter-less.'");

    public override void register_module(string name, nn.Module submodule) => throw new InvalidOperationException("Cannot register a submodule on a module that is declared 'parameter-less.'");

    public override void register_parameter(string name, Parameter param) => throw new InvalidOperationException("Cannot register a parameter on a module that is declared 'parameter-less.'");
}

/// <summary>A module of two inputs that can have no parameters, buffers or submodules.</summary>
public abstract class ParameterLessModule<T1, T2, TResult> : nn.Module<T1, T2, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) => throw new InvalidOperationException("Cannot register a buffer on a module that is declared 'parameter-less.'");

    public override void register_module(string name, nn.Module submodule) => throw new InvalidOperationException("Cannot register a submodule on a module that is declared 'parameter-less.'");

    public override void register_parameter(string name, Parameter param) => throw new InvalidOperationException("Cannot register a parameter on a module that is declared 'parameter-less.'");
}
