using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Base of all modules: a tree of named parameters, buffers and submodules.</summary>
        public abstract partial class Module : IDisposable
        {
            private readonly string _name;
            private readonly NamedItems<Parameter> _parametersByName = new();
            private readonly NamedItems<Tensor> _buffersByName = new();
            private readonly NamedItems<Module> _submodules = new();
            private readonly HashSet<string> _notPersistent = new(StringComparer.Ordinal);
            private bool _componentsRegistered;

            protected Module(string name)
            {
                _name = string.IsNullOrEmpty(name) ? GetType().Name : name;
            }

            public bool training { get; private set; } = true;

            public virtual string GetName() => _name;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (_, buffer) in _buffersByName)
                {
                    buffer.Dispose();
                }

                foreach (var (_, parameter) in _parametersByName)
                {
                    parameter.Dispose();
                }

                foreach (var (_, submodule) in _submodules)
                {
                    submodule.Dispose();
                }
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, submodule) in _submodules)
                {
                    submodule.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, submodule) in named_children())
                {
                    submodule.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    GradientOf.Clear(parameter, set_to_none);
                }
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _submodules.Remove(name);
                    return;
                }

                if (name.Contains('.'))
                {
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                }

                if (string.IsNullOrEmpty(name))
                {
                    throw new ArgumentException("module name can't be empty string \"\"");
                }

                if (_submodules.Contains(name))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }

                submodule.RegisterComponents();
                _submodules.Add(name, submodule);
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                }

                if (_parametersByName.Contains(name))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }

                _parametersByName.Add(name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                }

                if (_buffersByName.Contains(name))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }

                ConditionallyRegisterBuffer(name, tensor, persistent);
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value)
                => ConditionallyRegisterParameter(name, value as Parameter);

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _parametersByName.Remove(name);
                }
                else
                {
                    _parametersByName.Set(name, value);
                }
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _buffersByName.Remove(name);
                    return;
                }

                _buffersByName.Set(name, value);
                if (persistent)
                {
                    _notPersistent.Remove(name);
                }
                else
                {
                    _notPersistent.Add(name);
                }
            }

            protected void ClearModules() => _submodules.Clear();

            /// <summary>Registers what the fields hold: modules, parameters and, any other tensor, buffers.</summary>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered)
                {
                    return;
                }

                _componentsRegistered = true;
                foreach (var field in ComponentFields())
                {
                    var name = NameOf(field);
                    if (_submodules.Contains(name) || _parametersByName.Contains(name) || _buffersByName.Contains(name))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(name, tensor);
                            break;
                    }
                }
            }

            private protected Parameter? Registered(string name) => _parametersByName.Find(name);

            private protected Tensor? RegisteredBuffer(string name) => _buffersByName.Find(name);

            /// <summary>A parameter whose values are yet to come.</summary>
            private protected static Parameter NewParameter(long[] shape, ScalarType? dtype, Device? device)
            {
                using var values = empty(shape, dtype: dtype, device: device);
                return new Parameter(values);
            }

            /// <summary>Sets a parameter of a module of this assembly, which then owns it; the one before is freed.</summary>
            private protected void Own(string name, Parameter? value)
            {
                var before = _parametersByName.Find(name);
                if (ReferenceEquals(before, value))
                {
                    return;
                }

                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
                before?.Dispose();
            }

            /// <summary>Sets a buffer of a module of this assembly, which then owns it; the one before is freed.</summary>
            private protected void OwnBuffer(string name, Tensor? value)
            {
                var before = _buffersByName.Find(name);
                if (ReferenceEquals(before, value))
                {
                    return;
                }

                value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, value);
                before?.Dispose();
            }

            private static string NameOf(FieldInfo field)
                => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;

            /// <summary>The fields of the classes that users wrote; modules of this assembly register theirs by hand.</summary>
            private IEnumerable<FieldInfo> ComponentFields()
            {
                const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                for (var type = GetType(); type is not null && type.Assembly != typeof(Module).Assembly; type = type.BaseType)
                {
                    foreach (var field in type.GetFields(Declared))
                    {
                        yield return field;
                    }
                }
            }
        }
    }
}
