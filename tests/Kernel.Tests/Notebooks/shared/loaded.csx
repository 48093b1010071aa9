#load "inner.csx"
string Loaded() => "loaded, with " + Inner();
